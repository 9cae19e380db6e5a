//! Who may do what: the roles of people, and what a token lets its bearer do of that.

crate::word::words! {
    /// What an account may do. The order means something: each role may do all that those before it may.
    "role" Role {
        /// Reads the records.
        Viewer = "viewer",
        /// Also changes what belongs to the member states assigned to it.
        DeskOfficer = "desk-officer",
        /// Also changes what belongs to any state, or to none.
        Editor = "editor",
        /// Also assigns, and asks how all partnerships stand.
        Manager = "manager",
        /// Also says who may do what.
        Admin = "admin",
    }
}

crate::word::words! {
    /// What a token is good for, as far as the role of its account goes. The order means something: each scope is good for
    /// all that those before it are.
    "scope" Scope {
        /// Reading.
        Read = "read",
        /// Also changing records.
        Write = "write",
        /// Also saying who may do what.
        Admin = "admin",
    }
}

/// An account is given more than this by somebody who means it.
impl Default for Role {
    fn default() -> Self {
        Self::Viewer
    }
}

impl Scope {
    /// The role that is left of one: never a greater one.
    pub fn narrows(self, role: Role) -> Role {
        match self {
            Self::Admin => role,
            Self::Read | Self::Write => role.min(Role::Manager),
        }
    }

    /// Whether anything may be changed at all.
    pub fn writes(self) -> bool {
        self > Self::Read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Word;

    #[test]
    fn each_role_may_do_what_those_before_it_may() {
        let codes: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
        assert_eq!(codes, ["viewer", "desk-officer", "editor", "manager", "admin"]);
        assert!(Role::ALL.is_sorted() && Scope::ALL.is_sorted());
        assert!(Role::ALL.iter().all(|role| Some(role) > None), "whoever is nobody comes before them all");
    }

    #[test]
    fn a_scope_only_narrows() {
        for scope in Scope::ALL {
            for role in Role::ALL {
                assert!(scope.narrows(*role) <= *role, "{scope} {role}");
                assert_eq!(scope.narrows(*role) == Role::Admin, *role == Role::Admin && *scope == Scope::Admin);
            }
        }
        assert_eq!(Scope::ALL.iter().filter(|scope| scope.writes()).count(), 2);
    }
}
