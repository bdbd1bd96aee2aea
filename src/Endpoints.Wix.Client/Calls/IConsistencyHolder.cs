namespace Endpoints.Wix.Calls;

/// <summary>Keeps the <c>X-Wix-Consistent</c> of somebody who has no id yet.</summary>
internal interface IConsistencyHolder
{
    string? Consistent { get; set; }
}
