//! Commands of the wizard sent in place, one after the other; what comes back is shown. Without scripts the same
//! forms post to the same doors. Knows doors, no layout.

use super::api;
use contract::error::{ApiError, Refusal};
use contract::import::{ChooseForm, ImportView, MendForm, ReadAsForm, StepForm, WholeForm};
use leptos::prelude::*;
use std::future::Future;

/// One import on its page.
#[derive(Clone, Copy)]
pub struct Wizard {
    pub view: RwSignal<ImportView>,
    /// Counts the commands that changed rows, so that rows are asked for again.
    pub turn: RwSignal<u32>,
    pub busy: RwSignal<bool>,
    pub error: RwSignal<Option<ApiError>>,
    /// What gets the focus as soon as it stands on the page.
    pub aim: RwSignal<Option<Aim>>,
    /// Scripts are running: questions may stand in dialogs.
    pub awake: RwSignal<bool>,
}

/// An element that is to get the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    pub id: String,
    /// Rows of this turn or later; those before are about to be taken away.
    pub turn: u32,
}

/// What every command carries: the import, its version and a key.
pub struct Ticket {
    pub import: String,
    pub version: String,
    pub key: String,
}

impl Wizard {
    pub fn new(view: ImportView, error: Option<ApiError>) -> Wizard {
        let wizard = Wizard {
            view: RwSignal::new(view),
            turn: RwSignal::new(0),
            busy: RwSignal::new(false),
            error: RwSignal::new(error),
            aim: RwSignal::new(None),
            awake: RwSignal::new(false),
        };
        Effect::new(move || wizard.awake.set(true));
        wizard
    }

    /// Of the view as it is now; a form on the page may be older.
    pub fn ticket(self) -> Ticket {
        self.view.with_untracked(|view| Ticket {
            import: view.import.to_string(),
            version: view.version.to_string(),
            key: view.key.clone(),
        })
    }

    /// Reads the import again, such as while its file is read.
    pub fn refresh(self) {
        let import = self.ticket().import;
        leptos::task::spawn_local(async move {
            match api::import(import).await {
                Ok(view) => self.take(view),
                Err(error) => self.fail(error),
            }
        });
    }

    /// Looks for an element among the rows as they stand, or on the page of rows that comes next.
    pub fn look_at(self, id: String) {
        self.aim.set(Some(Aim { id, turn: self.turn.get_untracked() }));
    }

    /// Looks for an element once the answer to the next command stands.
    pub fn look_next(self, id: Option<String>) {
        let turn = self.turn.get_untracked() + 1;
        self.aim.set(id.map(|id| Aim { id, turn }));
    }

    pub fn mend(self, sheet: String, row: u32, field: String, text: String) {
        let Ticket { import, version, key } = self.ticket();
        let row = row.to_string();
        self.run(api::mend(MendForm { import, version, key, sheet, row, field, text }));
    }

    pub fn choose(self, sheet: String, row: u32, choice: String, field: String) {
        let Ticket { import, version, key } = self.ticket();
        let row = row.to_string();
        self.run(api::choose(ChooseForm { import, version, key, sheet, row, choice, field }));
    }

    pub fn whole(self, what: &str) {
        let Ticket { import, version, key } = self.ticket();
        self.run(api::whole(WholeForm { import, version, key, what: what.to_owned() }));
    }

    pub fn read_as(self, form: ReadAsForm) {
        let Ticket { import, version, key } = self.ticket();
        self.run(api::read_as(ReadAsForm { import, version, key, ..form }));
    }

    pub fn commit(self, skip_faulty: bool) {
        let skip_faulty = if skip_faulty { "on" } else { "" }.to_owned();
        self.run(api::commit(StepForm { skip_faulty, ..self.step() }));
    }

    pub fn cancel(self) {
        self.run(api::cancel(self.step()));
    }

    /// `None` takes back the whole import.
    pub fn undo(self, row: Option<(String, u32)>) {
        let (sheet, row) = row.map(|(sheet, row)| (sheet, row.to_string())).unwrap_or_default();
        self.run(api::undo(StepForm { sheet, row, ..self.step() }));
    }

    fn step(self) -> StepForm {
        let Ticket { import, version, key } = self.ticket();
        StepForm { import, version, key, ..StepForm::default() }
    }

    /// One command at a time: the next one needs the version that this one makes.
    fn run(self, command: impl Future<Output = Result<ImportView, ApiError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        leptos::task::spawn_local(async move {
            let answer = command.await;
            self.busy.set(false);
            match answer {
                Ok(view) => {
                    self.take(view);
                    self.turn.update(|turn| *turn += 1);
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// The page may have been left while the answer was on its way.
    fn take(self, view: ImportView) {
        if self.view.try_set(view).is_some() {
            leptos::logging::debug_warn!("an answer came after its page was left");
        }
    }

    /// After a conflict the newest state is shown, so that the next try meets it: a commit that finds rows changed by
    /// others compares anew.
    fn fail(self, error: ApiError) {
        let stale = matches!(
            error,
            ApiError::Stale { .. }
                | ApiError::Refused { refusal: Refusal::ImportDone { .. } | Refusal::ErrorsLeft { .. } }
        );
        if self.error.try_set(Some(error)).is_some() {
            return;
        }
        self.aim.set(None);
        if stale {
            self.refresh();
            self.turn.update(|turn| *turn += 1);
        }
    }
}

/// The hidden inputs of a plain form.
pub fn hidden(ticket: Ticket) -> impl IntoView {
    view! {
        <input type="hidden" name="form[import]" value=ticket.import />
        <input type="hidden" name="form[version]" value=ticket.version />
        <input type="hidden" name="form[key]" value=ticket.key />
    }
}
