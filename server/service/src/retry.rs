//! How often and how patiently a use case is tried again after losing against another transaction. Doors, the public
//! interface and the command line ask here, so that no use case has to.

use std::time::Duration;

/// Times a use case is tried again.
const MOST: u32 = 5;

/// Tries of one request.
#[derive(Debug, Default)]
pub struct Tries(u32);

impl Tries {
    /// Waits a little longer each time, never the same as a rival; false when it was enough.
    pub async fn again(&mut self) -> bool {
        if self.0 == MOST {
            return false;
        }
        self.0 += 1;
        tokio::time::sleep(Duration::from_millis(u64::from(self.0 * 10 + jitter()))).await;
        true
    }
}

/// Milliseconds from 0 to 31.
fn jitter() -> u32 {
    let mut byte = [0_u8; 1];
    // Without randomness the tries are merely less well spread.
    if getrandom::fill(&mut byte).is_err() {
        return 0;
    }
    u32::from(byte[0]) % 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn five_times_and_no_more() {
        let mut tries = Tries::default();
        let mut count = 0;
        while tries.again().await {
            count += 1;
        }
        assert_eq!(count, 5);
    }
}
