//! What is set that cannot work, or is dangerous.

use briefing::Shelf;

use crate::{Failure, Settings, jobs, provider::Provider, second_reader::Endpoint, telemetry, told::Told};

/// What is set that cannot work: whatever would keep the program from serving, or from sending what it is to send.
pub fn unusable(settings: &Settings) -> Vec<String> {
    let second_reader = Endpoint::of(&settings.second_reader).err();
    let jobs = jobs::all(settings, &Shelf::default()).err();
    let provider = Provider::of(&settings.sign_in).err();
    let telemetry = telemetry::usable(&settings.telemetry).err();
    let unusable = second_reader.into_iter().chain(jobs).chain(provider).chain(telemetry);
    let mut unusable: Vec<Failure> = unusable.collect();
    if !settings.listen.ip().is_loopback() && !settings.allow_remote {
        unusable.push(Failure::asked_wrong(format!(
            "listen: {} can be reached from other machines: listen on loopback, or set allow_remote",
            settings.listen
        )));
    }
    if settings.mail.host.is_empty() && !settings.mail.from.is_empty() {
        unusable.push(Failure::asked_wrong("mail.from is set without mail.host: no mail is sent"));
    }
    if settings.live.clients >= settings.limits.connections {
        unusable.push(Failure::asked_wrong(
            "live.clients is not below limits.connections: those who listen could keep everybody else out",
        ));
    }
    unusable.into_iter().map(|failure| failure.message.replace('\n', " ")).collect()
}

pub(super) fn look(settings: &Settings) -> Vec<Told> {
    const WHAT: &str = "settings";
    let mut told: Vec<Told> = unusable(settings).into_iter().map(|why| Told::amiss(WHAT, why)).collect();
    if settings.allow_remote {
        told.push(Told::warning(WHAT, "allow_remote is on: something in front has to decide who gets through"));
    }
    if settings.database.url.starts_with("sqlite") && !settings.database.durable {
        told.push(Told::warning(WHAT, "database.durable is off: a power cut can undo what was just acknowledged"));
    }
    if told.is_empty() {
        told.push(Told::ok(WHAT, "all that is set can be used"));
    }
    told
}
