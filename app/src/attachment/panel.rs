//! The list of a project's files and the form that adds one; the limits stand before the choice. Works as plain forms.

use super::api;
use super::sending::SendForm;
use crate::parts::asking::ask;
use crate::parts::button::{Submit, Weight};
use crate::parts::empty::Empty;
use crate::parts::error_panel::{ErrorPanel, returned_error};
use crate::parts::loading::Loading;
use contract::attachment::FilesView;
use contract::project::FileLine;
use domain::permission::Action;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The door of sending.
pub fn upload_action() -> &'static str {
    <api::Upload as server_fn::ServerFn>::PATH
}

fn remove_action() -> &'static str {
    <api::Remove as server_fn::ServerFn>::PATH
}

/// Everything on the tab.
#[component]
pub fn Files(project: String) -> impl IntoView {
    let asked = project.clone();
    let files = ask(move || asked.clone(), api::files);
    let refused = returned_error(upload_action()).or_else(|| returned_error(remove_action()));
    view! {
        {refused.map(|error| view! { <ErrorPanel error=error /> })}
        <Suspense fallback=|| {
            view! { <Loading /> }
        }>
            {move || {
                let project = project.clone();
                Suspend::new(async move {
                    match files.await {
                        Ok(view) => view! { <Shown project view /> }.into_any(),
                        Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Shown(project: String, view: FilesView) -> impl IntoView {
    let l = locale();
    let may_send = view.may.includes(Action::AttachFile);
    let FilesView { files, room, key, .. } = view;
    let empty = files.is_empty();
    let rows = files.into_iter().map(|file| line(l, &project, &key, file)).collect_view();
    view! {
        {may_send.then(|| view! { <SendForm project=project.clone() key=key.clone() room /> })}
        {if empty {
            view! { <Empty reason=t!(l, attachment.none) /> }.into_any()
        } else {
            view! {
                <div class="table-scroll">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{t!(l, attachment.name)}</th>
                                <th scope="col">{t!(l, attachment.gate)}</th>
                                <th scope="col" class="number">{t!(l, attachment.size)}</th>
                                <th scope="col">{t!(l, attachment.by)}</th>
                                <th scope="col" class="date">{t!(l, attachment.at)}</th>
                                <th scope="col" data-noprint="">{t!(l, attachment.acts)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }}
    }
    .into_any()
}

fn line(l: Locale, project: &str, key: &str, file: FileLine) -> impl IntoView + use<> {
    let href = format!("/projects/{project}/attachments/{}", file.attachment);
    let gate = file.gate.map_or_else(String::new, |gate| name::gate(l, gate).to_owned());
    let digest: String = file.sha256.chars().take(12).collect();
    // One key a file, so that two presses take it off once.
    let id = file.attachment.to_string();
    let once = format!("{}{}", key.get(..8).unwrap_or_default(), id.replace('-', ""));
    let about = file.name.clone();
    let remove = file.removable.then(|| {
        view! {
            <form method="post" action=remove_action()>
                <input type="hidden" name="project" value=project.to_owned() />
                <input type="hidden" name="attachment" value=id />
                <input type="hidden" name="key" value=once />
                <Submit weight=Weight::Danger>
                    {t!(l, attachment.remove)}
                    <span class="hidden">{about}</span>
                </Submit>
            </form>
        }
    });
    view! {
        <tr>
            <td>
                <a href=href rel="external" download="">
                    {file.name.clone()}
                </a>
                <span class="attachment-digest">{t!(l, attachment.digest, digest = digest)}</span>
            </td>
            <td>{gate}</td>
            <td class="number">{size(file.size)}</td>
            <td>{file.by}</td>
            <td class="date">{format::instant(file.at)}</td>
            <td data-noprint="">{remove}</td>
        </tr>
    }
}

/// Bytes in the unit that people read.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    let tenths = |unit: u64| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    if bytes < KIB {
        format!("{bytes} B")
    } else if bytes < KIB * KIB {
        format!("{} KiB", tenths(KIB))
    } else if bytes < KIB * KIB * KIB {
        format!("{} MiB", tenths(KIB * KIB))
    } else {
        format!("{} GiB", tenths(KIB * KIB * KIB))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!(size(12), "12 B");
        assert_eq!(size(1536), "1.5 KiB");
        assert_eq!(size(40 * 1024 * 1024), "40.0 MiB");
        assert_eq!(size(2 * 1024 * 1024 * 1024), "2.0 GiB");
    }
}
