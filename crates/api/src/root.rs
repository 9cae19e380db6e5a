//! The root of the schema: nothing but the list of what can be asked and done.

use async_graphql::{MergedObject, MergedSubscription};

use crate::{
    access_token::{AccessTokenMutation, AccessTokenQuery},
    account::{AccountMutation, AccountQuery},
    appointment::AppointmentMutation,
    assignment::AssignmentMutation,
    audit_entry::AuditEntryQuery,
    brief::BriefQuery,
    calendar_feed::{CalendarFeedMutation, CalendarFeedQuery},
    cooperation_area::CooperationAreaQuery,
    council_pack::CouncilPackQuery,
    delivery::{DeliveryMutation, DeliveryQuery},
    digest::DigestQuery,
    event::{EventQuery, FollowUpActionSubscription, ReadingSubscription},
    extraction_quality::ExtractionQualityQuery,
    finding::{BulkReviewMutation, FindingMutation},
    follow_up_action::{BulkMutation, FollowUpActionMutation, FollowUpActionQuery},
    import::{ImportQuery, ImportRecordsMutation, RevertImportMutation},
    meeting::{MeetingMutation, MeetingQuery},
    member_state::MemberStateQuery,
    merge::{MergeMutation, MergeQuery},
    merge_candidate::MergeCandidateQuery,
    news_report::{NewsReportMutation, NewsReportQuery},
    node::NodeQuery,
    organization::{OrganizationMutation, OrganizationQuery},
    person::{PersonMutation, PersonQuery},
    post::PostMutation,
    question::QuestionQuery,
    reading::{ReadingMutation, ReadingQuery},
    receipt::ReceiptQuery,
    search::SearchQuery,
    task::{TaskMutation, TaskQuery},
    update::UpdateMutation,
};

/// What can be asked.
#[derive(Default, MergedObject)]
pub struct Query(
    CooperationAreaQuery,
    FollowUpActionQuery,
    MeetingQuery,
    MemberStateQuery,
    NewsReportQuery,
    NodeQuery,
    OrganizationQuery,
    PersonQuery,
    ReadingQuery,
    TaskQuery,
    Answers,
    Reminded,
);

/// What is made of records. A list in the list: each further part makes the future of every request one level deeper, and
/// the compiler bears about a dozen. Such lists stand last, where it is least deep.
#[derive(Default, MergedObject)]
pub struct Answers(
    BriefQuery,
    CouncilPackQuery,
    EventQuery,
    ExtractionQualityQuery,
    MergeCandidateQuery,
    MergeQuery,
    QuestionQuery,
    SearchQuery,
);

/// What can be done. Each takes one input and answers one payload, with a refusal where a person has to act first.
#[derive(Default, MergedObject)]
pub struct Mutation(
    AppointmentMutation,
    FindingMutation,
    BulkReviewMutation,
    FollowUpActionMutation,
    MeetingMutation,
    NewsReportMutation,
    OrganizationMutation,
    PersonMutation,
    PostMutation,
    ReadingMutation,
    UpdateMutation,
    Staff,
);

/// What is done for those who work with the records, and to the records as a whole. A list in the list, as above.
#[derive(Default, MergedObject)]
pub struct Staff(
    AccessTokenMutation,
    AccountMutation,
    AssignmentMutation,
    BulkMutation,
    CalendarFeedMutation,
    DeliveryMutation,
    MergeMutation,
    ImportRecordsMutation,
    RevertImportMutation,
    TaskMutation,
);

/// Who works here, is reminded of what, what was sent, and what was done for a client. A list in the list, as above.
#[derive(Default, MergedObject)]
pub struct Reminded(
    AccessTokenQuery,
    AccountQuery,
    AuditEntryQuery,
    CalendarFeedQuery,
    DeliveryQuery,
    DigestQuery,
    ImportQuery,
    ReceiptQuery,
);

/// What is told as it happens. Each event carries its place in the order of all: whoever was cut off goes on behind it, and
/// misses nothing.
#[derive(Default, MergedSubscription)]
pub struct Subscription(FollowUpActionSubscription, ReadingSubscription);
