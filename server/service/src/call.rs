//! One request of one actor. No use case can be reached without it.

use crate::app::App;
use crate::clock;
use crate::failure::{Failure, Outcome};
use chrono::{DateTime, NaiveDate, Utc};
use domain::area::AreaPath;
use domain::id::{SessionId, UserId};
use domain::period;
use domain::permission::{self, Abilities, Action, Actor, Facts, Permit, Scope};
use store::{Reader, Stamp, Tx};
use uuid::Uuid;

/// Who asks, from where, and the means to answer.
#[derive(Clone)]
pub struct Call {
    app: App,
    actor: Actor,
    ip: Option<String>,
    /// `None` for tokens, the command line and the product itself.
    session: Option<SessionId>,
}

impl Call {
    /// Made from a session, a token, the command line's `--as`, and for the product itself.
    pub fn new(app: App, actor: Actor, ip: Option<String>, session: Option<SessionId>) -> Call {
        Call { app, actor, ip, session }
    }

    /// The product itself: first start, the demo's people.
    pub fn system(app: &App) -> Call {
        Call::new(app.clone(), Actor::System, None, None)
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The person; refused for the product itself.
    pub fn user(&self) -> Outcome<UserId> {
        self.actor.user().ok_or(Failure::SignedOut)
    }

    pub(crate) fn session(&self) -> Option<SessionId> {
        self.session
    }

    pub fn ip(&self) -> Option<&str> {
        self.ip.as_deref()
    }

    /// The area of the actor.
    pub fn area(&self) -> AreaPath {
        self.scope().area().clone()
    }

    pub fn scope(&self) -> Scope {
        permission::scope(&self.actor)
    }

    /// Asks the policy about an act in an area.
    pub fn permit(&self, action: Action, area: &AreaPath) -> Outcome<Permit> {
        Ok(permission::permit(&self.actor, action, &Facts::at(area.clone()))?)
    }

    /// What buttons may show in an area.
    pub fn abilities(&self, area: &AreaPath) -> Abilities {
        permission::abilities(&self.actor, area)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    /// The business date in China.
    pub fn today(&self) -> NaiveDate {
        period::business_date(self.now())
    }

    /// A fresh UUIDv7.
    pub fn new_id(&self) -> Uuid {
        clock::new_id(self.now())
    }

    /// A write transaction, dated and placed for the trail.
    pub async fn begin(&self) -> Outcome<Tx> {
        let stamp = Stamp { at: self.now().timestamp_millis(), ip: self.ip.clone() };
        Ok(self.app.db().begin(stamp).await?)
    }

    /// One moment of the data, for all queries of a screen.
    pub async fn read(&self) -> Outcome<Reader> {
        Ok(self.app.db().read().await?)
    }
}
