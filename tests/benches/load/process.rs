//! What processes have used, as Linux tells it; elsewhere nobody knows.

use std::fs;

use sea_orm::sqlx::{self, Connection, PgConnection};

use crate::Outcome;

/// Parts of a second in which Linux tells processor time: USER_HZ, 100 on all of its usual machines.
const TICKS: f64 = 100.0;

/// What /proc says of a process.
struct Stat {
    name: String,
    parent: u32,
    /// Processor time of its own, and of its children that have ended.
    own: f64,
    of_ended: f64,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name stands in brackets, and may hold some.
        let (before, after) = text.rsplit_once(") ")?;
        let fields: Vec<&str> = after.split(' ').collect();
        let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
        Some(Self {
            name: before.split_once('(')?.1.to_owned(),
            parent: fields.get(1)?.parse().ok()?,
            own: (ticks(11)? + ticks(12)?) / TICKS,
            of_ended: (ticks(13)? + ticks(14)?) / TICKS,
        })
    }
}

/// Seconds of processor time that a process has used.
pub(crate) fn processor(pid: u32) -> Option<f64> {
    Stat::of(pid).map(|stat| stat.own)
}

/// Megabytes of memory in which a process resides.
pub(crate) fn resident(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1_024.0)
}

/// The processes of a PostgreSQL on this machine.
pub(crate) struct Postgres {
    postmaster: u32,
}

impl Postgres {
    /// Those behind a URL, where they can be seen from here.
    pub(crate) async fn behind(url: &str) -> Outcome<Option<Self>> {
        let mut connection = PgConnection::connect(url).await?;
        let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut connection).await?;
        let backend = Stat::of(pid.unsigned_abs()).filter(|stat| stat.name == "postgres");
        connection.close().await?;
        Ok(backend.map(|stat| Self { postmaster: stat.parent }))
    }

    /// Seconds of processor time that all of them have used, ended ones too.
    pub(crate) fn processor(&self) -> Option<f64> {
        let pids = fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let children = pids.filter_map(Stat::of).filter(|stat| stat.parent == self.postmaster);
        let running: f64 = children.map(|stat| stat.own + stat.of_ended).sum();
        Stat::of(self.postmaster).map(|stat| running + stat.own + stat.of_ended)
    }
}
