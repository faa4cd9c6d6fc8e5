//! Shapes that stand beside words of a status: paths on 12 × 12, drawn because fonts may lack the sign.

pub const RING: &str =
    "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z";
pub const QUARTER: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500a4.500 4.500 0 1 0 4.500 4.500H6z";
pub const HALF: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500a4.500 4.500 0 0 0 0 9z";
pub const THREE: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0zM6 1.500A4.500 4.500 0 0 0 1.500 6H6z";
pub const DISC: &str = "M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0z";
pub const PLAY: &str = "M1 0l11 6-11 6z";
pub const SQUARE: &str = "M0 0h12v12H0z";
pub const TICK: &str = "M0 6l2-2 2.500 2.500L10 1l2 2-7.500 7.500z";
pub const PAUSE: &str = "M1 0h3v12H1zM8 0h3v12H8z";
pub const CROSS: &str = "M0 1.500L1.500 0 6 4.500 10.500 0 12 1.500 7.500 6l4.500 4.500-1.500 1.500L6 7.500 1.500 12 0 10.500 4.500 6z";
pub const BACK: &str = "M5 0v3h7v6H5v3L0 6z";
pub const TRIANGLE: &str = "M6 1L12 11H0z";
pub const DIAMOND: &str = "M6 0L12 6 6 12 0 6z";
