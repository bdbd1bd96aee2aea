using System.Text.Json.Nodes;

namespace SampleModules;

/// <summary>A mock by hand.</summary>
public class FakeMembers : SampleMembers
{
    /// <inheritdoc/>
    public override Task<JsonObject> GetMemberAsync(string memberId, string? fieldsets = null,
        CancellationToken cancellationToken = default) =>
        Task.FromResult(new JsonObject { ["id"] = memberId, ["nickname"] = "fake" });
}
