//! Walks of all rules over everything in an area: begun by a person or by the product, told while they go on, stopped
//! between two areas. The row of a walk is written with the findings of each area.

use super::run::{Tally, area, kept_editions};
use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use chrono::{DateTime, NaiveDateTime};
use contract::review::{RunView, WalkFigures, WalkState, WalkView};
use domain::area::AreaPath;
use domain::id::RunId;
use domain::permission::Action;
use domain::review::rule::RuleCode;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Conn;
use store::review::run::{Run, RunState, last, load, save};

/// Runs every rule on everything in the person's area, and waits for it.
pub async fn run(call: &Call, (): ()) -> Outcome<RunView> {
    call.permit(Action::JudgeFindings, &call.area())?;
    let call = call.clone();
    call.app().clone().see_through(async move { over(&call, &call.area()).await }).await
}

/// Begins the same and answers at once; one that is under way is not begun a second time.
pub async fn begin(call: &Call, (): ()) -> Outcome<WalkView> {
    call.permit(Action::JudgeFindings, &call.area())?;
    let found = last(&*call.read().await?, &call.scope()).await?;
    if let Some(run) = found.filter(|run| run.area == call.area() && call.app().walks().is_running(run.id)) {
        return Ok(view(call, run));
    }
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let walk = Walk::announce(&call, &call.area()).await?;
        let shown = view(&call, walk.run.clone());
        let own = call.app().clone();
        own.follow(async move {
            if let Err(failure) = walk.go().await {
                tracing::error!(%failure, "a walk of the rules ended early");
            }
        });
        Ok(shown)
    })
    .await
}

/// The last walk over the person's area, begun there or above.
pub async fn state(call: &Call, (): ()) -> Outcome<Option<WalkView>> {
    let conn = call.read().await?;
    call.permit(Action::ViewMoney, &call.area())?;
    shown(&conn, call).await
}

pub(super) async fn shown(conn: &Conn, call: &Call) -> Outcome<Option<WalkView>> {
    Ok(last(conn, &call.scope()).await?.map(|run| view(call, run)))
}

/// What each rule did in the last walk, where all of it lies within the person's area.
pub(super) async fn rules(
    conn: &Conn,
    call: &Call,
) -> Outcome<BTreeMap<RuleCode, contract::review::RuleRun>> {
    let run = last(conn, &call.scope()).await?.filter(|run| call.area().contains(&run.area));
    let rules: Vec<contract::review::RuleRun> =
        run.and_then(|run| serde_json::from_str(&run.rules).ok()).unwrap_or_default();
    Ok(rules.into_iter().map(|run| (run.rule, run)).collect())
}

/// Asks a walk that was begun within the person's area to stop; what it found so far stays.
pub async fn stop(call: &Call, run: Option<RunId>) -> Outcome<WalkView> {
    call.permit(Action::JudgeFindings, &call.area())?;
    let run = load(&*call.read().await?, &call.scope(), run.ok_or(Failure::NotFound)?).await?;
    let permit = call.permit(Action::JudgeFindings, &run.area)?;
    call.app().walks().stop(run.id);
    if run.state == RunState::Running && !call.app().walks().is_running(run.id) {
        // A restart broke it off: nobody else will ever end it.
        let tx = call.begin().await?;
        let ended = Run { state: RunState::Stopped, ended_at: Some(tx.at()), ..run.clone() };
        save(&tx, &permit, &ended).await?;
        tx.commit().await?;
        return Ok(view(call, ended));
    }
    Ok(view(call, run))
}

fn view(call: &Call, run: Run) -> WalkView {
    let state = match run.state {
        RunState::Running if call.app().walks().is_running(run.id) => WalkState::Running,
        RunState::Running => WalkState::Broken,
        RunState::Done => WalkState::Done,
        RunState::Stopped => WalkState::Stopped,
        RunState::Failed => WalkState::Failed,
    };
    let is_own = call.area().contains(&run.area);
    WalkView {
        run: run.id,
        state,
        started: instant(run.started_at),
        ended: run.ended_at.map(instant),
        // Who works above is none of this person's affairs.
        by: run.by.filter(|_| is_own),
        figures: is_own.then_some(WalkFigures {
            areas_done: run.areas_done,
            areas: run.areas,
            projects: run.projects,
            found: run.found,
            vanished: run.vanished,
        }),
    }
}

pub(super) fn instant(at: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(at).unwrap_or_default().naive_utc()
}

/// Walks over everything in `path` and waits for it.
pub(super) async fn over(call: &Call, path: &AreaPath) -> Outcome<RunView> {
    let walk = Walk::announce(call, path).await?;
    walk.go().await
}

/// One walk from its announcement to its end; however it ends, it is off the list.
struct Walk {
    call: Call,
    run: Run,
    stop: Arc<AtomicBool>,
    _listed: Listed,
}

struct Listed(App, RunId);

impl Drop for Listed {
    fn drop(&mut self) {
        self.0.walks().end(self.1);
    }
}

impl Walk {
    async fn announce(call: &Call, path: &AreaPath) -> Outcome<Walk> {
        let permit = call.permit(Action::JudgeFindings, path)?;
        let id = RunId::new(call.new_id());
        let stop = call.app().walks().announce(id);
        let listed = Listed(call.app().clone(), id);
        let tx = call.begin().await?;
        let run = Run {
            id,
            area: path.clone(),
            state: RunState::Running,
            areas_done: 0,
            areas: 0,
            projects: 0,
            found: 0,
            vanished: 0,
            rules: "[]".to_owned(),
            started_at: tx.at(),
            ended_at: None,
            by: None,
        };
        save(&tx, &permit, &run).await?;
        store::review::note(&tx, &permit, None, format!("run={id}"));
        tx.commit().await?;
        Ok(Walk { call: call.clone(), run, stop, _listed: listed })
    }

    async fn go(mut self) -> Outcome<RunView> {
        let app = self.call.app().clone();
        let _turn = app.walks().turn().await;
        let mut tally = Tally::default();
        let ended = self.areas(&mut tally).await;
        self.run.state = match &ended {
            Ok(true) => RunState::Done,
            Ok(false) => RunState::Stopped,
            Err(_) => RunState::Failed,
        };
        self.run.ended_at = Some(self.call.now().timestamp_millis());
        self.tell(&tally).await?;
        ended?;
        Ok(RunView {
            on: self.call.today(),
            projects: tally.projects,
            rules: tally.rules.into_values().collect(),
            new: tally.new,
            vanished: tally.vanished,
        })
    }

    /// True when every area was walked. The product writes what rules find, whoever asked them.
    async fn areas(&mut self, tally: &mut Tally) -> Outcome<bool> {
        let system = Call::system(self.call.app());
        let editions = kept_editions(&system).await?;
        let scope = system.scope().narrowed(&self.run.area).ok_or(Failure::NotFound)?;
        let paths = store::review::facts::areas(&*system.read().await?, &scope).await?;
        self.run.areas = u32::try_from(paths.len()).unwrap_or(u32::MAX);
        for path in paths {
            if self.stop.load(Ordering::Relaxed) {
                return Ok(false);
            }
            tally.add(area(&system, &path, &editions).await?);
            self.run.areas_done += 1;
            self.tell(tally).await?;
        }
        Ok(true)
    }

    async fn tell(&mut self, tally: &Tally) -> Outcome<()> {
        let rules: Vec<_> = tally.rules.values().collect();
        self.run.rules =
            serde_json::to_string(&rules).map_err(|fault| Failure::Unexpected(fault.to_string()))?;
        (self.run.projects, self.run.found, self.run.vanished) = (tally.projects, tally.new, tally.vanished);
        let permit = self.call.permit(Action::JudgeFindings, &self.run.area)?;
        let tx = self.call.begin().await?;
        save(&tx, &permit, &self.run).await?;
        Ok(tx.commit().await?)
    }
}
