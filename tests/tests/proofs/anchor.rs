//! The trail's daily anchor: written once a day, and a rewritten trail no longer fits it.

use chrono::{DateTime, Duration, Utc};
use server::anchor::{read, write_due};
use service::{App, Clock};
use std::sync::Arc;
use store::verify::anchors;
use tests::world::World;

struct At(DateTime<Utc>);

impl Clock for At {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

#[tokio::test]
async fn one_anchor_a_day_and_a_rewritten_trail_no_longer_fits() {
    World::on_both(async |world| {
        let tomorrow = At(world.app.now() + Duration::days(1));
        let folder = world.folder().to_owned();
        let tomorrow = App::with_clock(world.app.db().clone(), folder.clone(), false, Arc::new(tomorrow));
        assert!(write_due(&world.app).await.unwrap());
        assert!(!write_due(&world.app).await.unwrap(), "the day has its anchor");
        assert!(write_due(&tomorrow).await.unwrap());
        let written: Vec<_> = read(&folder).unwrap().into_iter().map(|a| (a.seq, a.hash)).collect();
        assert_eq!(written.len(), 2);
        assert!(written[0].0 > 0, "the trail had begun");
        let conn = world.app.db().read().await.unwrap();
        assert_eq!(anchors(&conn, &written).await.unwrap(), None);
        let forged = [(written[0].0, "0".repeat(64))];
        assert!(anchors(&conn, &forged).await.unwrap().is_some(), "another hash");
        let cut = [(written[0].0 + 1000, written[0].1.clone())];
        assert!(anchors(&conn, &cut).await.unwrap().is_some(), "a trail that ends before its anchor");
    })
    .await;
}
