namespace Endpoints.Wix.Modules;

/// <summary>Represents the body of a change of the profile.</summary>
internal sealed record BusinessProfileUpdate(BusinessProfile BusinessProfile, string Fields);

/// <summary>Represents the body of a change of the contact.</summary>
internal sealed record BusinessContactUpdate(BusinessContact BusinessContact, string Fields);

/// <summary>Represents the body of a change of the schedule.</summary>
internal sealed record BusinessScheduleUpdate(BusinessSchedule BusinessSchedule);
