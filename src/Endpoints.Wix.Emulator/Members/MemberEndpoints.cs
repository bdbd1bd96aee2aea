using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Members;

/// <summary>Serves the members of a site.</summary>
internal sealed class MemberEndpoints(MemberDirectory members, TimeProvider time)
{
    private const string Root = "/members/v1/members";

    private static readonly string[] PublicFields = ["id", "profile", "privacyStatus", "activityStatus"];
    private static readonly string[] ExtendedFields = [.. PublicFields, "status", "createdDate", "updatedDate", "lastLoginDate"];

    public IEnumerable<Operation> Operations =>
    [
        Ops.Read($"POST {Root}/query", Access.Any, "MEMBERS.MEMBER_READ", Query),
        Ops.Read($"GET {Root}/my", Access.Member, null, static (request, data) =>
            request.Caller.Kind is EmulatedIdentityKind.Member
                ? One(Shape(request, data.Members.Get(request.Caller.Id), request.Query("fieldsets") ?? "FULL"))
                : throw new ApiException(Answer.Error(400, "NO_CURRENT_MEMBER", "Only a member has a current member."))),
        Ops.Read($"GET {Root}/{{id}}", Access.Any, "MEMBERS.MEMBER_READ", static (request, data) =>
            One(Shape(request, data.Members.Get(request.RouteValue("id")), request.Query("fieldsets") ?? "PUBLIC"))),
        Ops.Write($"POST {Root}", Access.Restricted, "MEMBERS.MEMBER_CREATE", Create),
        Ops.Write($"POST {Root}/{{id}}/approve", Access.Restricted, "MEMBERS.MEMBER_APPROVE", Approve),
        Ops.Write($"PATCH {Root}/{{id}}", Access.Member, "MEMBERS.MEMBER_UPDATE", Update),
        Ops.Write($"DELETE {Root}/{{id}}", Access.Restricted, "MEMBERS.MEMBER_DELETE", static (request, data) =>
        {
            var id = request.RouteValue("id");
            request.Raise(Entities.Deleted(Entities.Member, data.Members.Get(id), isTold: false));
            data.Members.Remove(id);
            data.Passwords.Remove(id);
            return Answer.Json(new JsonObject());
        }),
    ];

    private static Answer One(JsonObject member) => Answer.Json(new JsonObject { ["member"] = member });

    private static Answer Query(ApiRequest request, SiteData data)
    {
        var query = Querying.Query.Read(request.Json["query"], defaultLimit: 50, maxLimit: 100);
        var fieldset = (request.Json["fieldsets"] as JsonArray)?.Select(static f => f.AsText()).LastOrDefault() ?? "PUBLIC";
        if (fieldset == "FULL" && !request.IsPrivileged)
            throw ApiException.Forbidden("Only a Wix app or a Wix user may read members in full.", "MEMBERS.MEMBER_READ");

        // Filters see what the caller may see, or a visitor could guess addresses.
        var seen = data.Members.All
            .Where(member => request.IsPrivileged || member["privacyStatus"].AsText() == "PUBLIC")
            .Select(member => request.IsPrivileged ? member : Shape(request, member, fieldset));
        var result = query.Run(seen);
        return Answer.Json(new JsonObject
        {
            ["members"] = result.Copies(member => Shape(request, member, fieldset)),
            ["metadata"] = result.ByOffset(),
        });
    }

    private static JsonObject Shape(ApiRequest request, JsonObject member, string fieldset)
    {
        var own = request.Caller.Kind is EmulatedIdentityKind.Member && request.Caller.Id == member["id"].AsText();
        if (fieldset == "FULL" && (own || request.IsPrivileged))
            return member.Copy();
        if (fieldset is "FULL")
            throw ApiException.Forbidden("Only a Wix app, a Wix user or the member may read a member in full.", "MEMBERS.MEMBER_READ");
        var fields = fieldset == "EXTENDED" ? ExtendedFields : PublicFields;
        return new(member.Where(pair => fields.Contains(pair.Key))
            .Select(static pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
    }

    private Answer Create(ApiRequest request, SiteData data)
    {
        var given = request.Json["member"] as JsonObject ?? throw ApiException.Violation("member", "must be an object");
        var email = given["loginEmail"].AsText();
        if (!MemberDirectory.IsEmail(email))
            throw ApiException.Violation("member.loginEmail", "must be an email address", "FORMAT");
        if (MemberDirectory.FindByEmail(data, email) is not null)
            throw new ApiException(Answer.Error(409, "MEMBER_ALREADY_EXISTS", "There is a member with this email address."));
        var member = members.Add(data, email, given["profile"].At("nickname").AsText(), password: null, "APPROVED",
            given["contact"] as JsonObject);
        request.Raise(Entities.Created(Entities.Member, member));
        return One(member.Copy());
    }

    private Answer Approve(ApiRequest request, SiteData data)
    {
        var member = data.Members.Get(request.RouteValue("id"));
        var before = member.Copy();
        member["status"] = "APPROVED";
        return Changed(request, before, member);
    }

    private Answer Update(ApiRequest request, SiteData data)
    {
        var id = request.RouteValue("id");
        if (!request.IsPrivileged && request.Caller.Id != id)
            throw ApiException.Forbidden("A member may change only their own data.", "MEMBERS.MEMBER_UPDATE");
        var member = data.Members.Get(id);
        var given = request.Json["member"] as JsonObject ?? throw ApiException.Violation("member", "must be an object");
        var before = member.Copy();
        foreach (var name in new[] { "contact", "profile", "privacyStatus" })
        {
            if (given[name] is JsonObject change && member[name] is JsonObject now)
            {
                foreach (var (field, value) in change)
                    now[field] = value?.DeepClone();
            }
            else if (given[name] is JsonValue single && name == "privacyStatus")
            {
                member[name] = single.DeepClone();
            }
        }

        return Changed(request, before, member);
    }

    private Answer Changed(ApiRequest request, JsonObject before, JsonObject member)
    {
        member["updatedDate"] = Dates.Text(time.GetUtcNow());
        request.Raise(Entities.Updated(Entities.Member, before, member));
        return One(member.Copy());
    }
}
