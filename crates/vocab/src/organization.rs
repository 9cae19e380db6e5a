//! The kinds of organization.

crate::word::words! {
    /// What kind of body an organization is.
    "organization kind" OrganizationKind {
        /// Intergovernmental or regional.
        International = "international",
        /// A ministry of a state.
        Ministry = "ministry",
        /// An embassy or permanent mission.
        Embassy = "embassy",
        /// A national commission for the organization.
        NationalCommission = "national-commission",
        /// Any other public body.
        Government = "government",
        /// A university or institute of higher education.
        University = "university",
        /// A non-governmental organization.
        Ngo = "ngo",
        /// A company.
        Company = "company",
        /// A sector, centre or department of another organization.
        Unit = "unit",
        /// Anything else.
        Other = "other",
    }
}
