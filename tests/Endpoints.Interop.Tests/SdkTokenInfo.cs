namespace Endpoints.Interop.Tests;

/// <summary>Token-info, as the packages give it.</summary>
internal sealed record SdkTokenInfo(string SubjectType, string SubjectId, string? ClientId, string? SiteId, string? InstanceId);
