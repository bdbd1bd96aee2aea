using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;

namespace Endpoints.Wix.Emulator.Apps;

/// <summary>Returns the sites of an account. It is the only call that requires an API key for an account.</summary>
internal sealed class SiteListEndpoint(PlatformDirectory directory)
{
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/site-list/v2/sites/query", Access.Account, "SITE_LIST.READ", request => new(Query(request))),
    ];

    private Answer Query(ApiRequest request)
    {
        var sites = directory.Sites
            .Where(site => site.AccountId == request.Caller.AccountId)
            .OrderBy(static site => site.Name, StringComparer.Ordinal)
            .Select(static site => new JsonObject
            {
                ["id"] = site.Id,
                ["name"] = site.Name,
                ["displayName"] = (string?)site.Properties["siteDisplayName"],
                ["published"] = true,
                ["premium"] = false,
            });
        var result = Querying.Query.Read(request.Json["query"], defaultLimit: 50, maxLimit: 1000).Run(sites);
        return Answer.Json(new JsonObject { ["sites"] = result.Copies(), ["metadata"] = result.ByCursor() });
    }
}
