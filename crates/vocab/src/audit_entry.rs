//! The closed lists of the audit trail: by which way something was done, and what came of it.

crate::word::words! {
    /// By which way something was done.
    "way" Way {
        /// A mutation.
        Graphql = "graphql",
        /// A page of the server, where people sign in and out.
        Page = "page",
        /// A command on the machine that holds the database.
        CommandLine = "command-line",
        /// The server by itself.
        Background = "background",
        /// Bringing the tables up to date.
        Migration = "migration",
    }
}

crate::word::words! {
    /// What came of something that was asked for.
    "outcome" Outcome {
        /// It was done.
        Done = "done",
        /// It was not to be done, and whoever asked was told why.
        Refused = "refused",
        /// It could not be done, for something that broke or took too long.
        Failed = "failed",
    }
}

impl Outcome {
    /// What came of what was answered with this code.
    pub fn of(code: &str) -> Self {
        match code {
            "INTERNAL_SERVER_ERROR" | "TIMEOUT" => Self::Failed,
            _ => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_broke_has_failed_and_all_else_was_refused() {
        assert_eq!(Outcome::of("TIMEOUT"), Outcome::Failed);
        assert_eq!(Outcome::of("INTERNAL_SERVER_ERROR"), Outcome::Failed);
        assert_eq!(Outcome::of("CONFLICT"), Outcome::Refused);
    }
}
