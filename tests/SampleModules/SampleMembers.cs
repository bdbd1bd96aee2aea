using System.Text.Json.Nodes;
using Endpoints.Wix;

namespace SampleModules;

/// <summary>The members of a site, as a package of somebody else's has them.</summary>
public class SampleMembers : WixModule, IWixModule<SampleMembers>
{
    private static readonly WixOperation<JsonObject> Get =
        new(HttpMethod.Get, "/members/v1/members/{id}", new JsonObjects("member")) { PermissionIds = ["MEMBERS.MEMBER_READ"] };

    private static readonly WixOperation<JsonObject, JsonObject> Query =
        new(HttpMethod.Post, "/members/v1/members/query", new JsonObjects("query"), new JsonObjects(null))
    {
        IsRepeatable = true,
        PermissionIds = ["MEMBERS.MEMBER_READ"],
    };

    private static readonly WixOperation<WixEmpty> Delete =
        new(HttpMethod.Delete, "/members/v1/members/{id}", WixSerializer.Empty) { PermissionIds = ["MEMBERS.MEMBER_DELETE"] };

    private static int s_made;

    private SampleMembers(WixChannel channel)
        : base(channel)
    {
        Interlocked.Increment(ref s_made);
    }

    /// <summary>Initializes a mock.</summary>
    protected SampleMembers()
    {
    }

    /// <summary>Gets how many were made in this process.</summary>
    public static int Made => Volatile.Read(ref s_made);

    /// <summary>Gets or sets something that the module keeps of its own.</summary>
    public string? Remembered { get; set; }

    static SampleMembers IWixModule<SampleMembers>.Create(WixChannel channel) => new(channel);

    /// <summary>Reads a member.</summary>
    public virtual Task<JsonObject> GetMemberAsync(string memberId, string? fieldsets = null,
        CancellationToken cancellationToken = default) =>
        SendAsync(Get, new WixArguments(memberId).Query("fieldsets", fieldsets), cancellationToken);

    /// <summary>Reads a page of members.</summary>
    public virtual Task<JsonObject> QueryMembersAsync(JsonObject query, CancellationToken cancellationToken = default) =>
        SendAsync(Query, query, cancellationToken: cancellationToken);

    /// <summary>Deletes a member.</summary>
    public virtual Task DeleteMemberAsync(string memberId, CancellationToken cancellationToken = default) =>
        SendAsync(Delete, new WixArguments(memberId), cancellationToken);

    /// <summary>Calls whatever it is told to.</summary>
    public Task CallAsync(WixOperation<WixEmpty> operation, params string[] path) => SendAsync(operation, new WixArguments(path));
}
