using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;

namespace Endpoints.Wix.Emulator.Apps;

/// <summary>Returns an app's own instance, which the token identifies.</summary>
internal sealed class AppInstanceEndpoint(PlatformDirectory directory)
{
    public IEnumerable<Operation> Operations => [Ops.Read("GET /apps/v1/instance", Access.Restricted, null, Get)];

    private Answer Get(ApiRequest request, SiteData data)
    {
        if (directory.FindApp(request.Caller.ClientId) is not { } app || request.Caller.InstanceId is not { } instanceId)
            throw ApiException.Forbidden("Only the token of an app or of a user of its dashboard has an instance.");
        var properties = data.Properties;
        return Answer.Json(new JsonObject
        {
            ["instance"] = new JsonObject
            {
                ["instanceId"] = instanceId,
                ["appName"] = app.Name,
                ["appVersion"] = "1.0.0",
                ["isFree"] = true,
                ["permissions"] = new JsonArray([.. (app.Permissions ?? new HashSet<string>()).Select(static p => (JsonNode)p)]),
                ["availablePlans"] = new JsonArray(),
                ["isOriginSiteTemplate"] = false,
                ["copiedFromTemplate"] = false,
                ["freeTrialAvailable"] = false,
            },
            ["site"] = new JsonObject
            {
                ["siteId"] = request.Site.Id,
                ["siteDisplayName"] = properties["siteDisplayName"]?.DeepClone(),
                ["locale"] = properties["language"]?.DeepClone(),
                ["paymentCurrency"] = properties["paymentCurrency"]?.DeepClone(),
                ["multilingual"] = new JsonObject { ["isMultiLingual"] = false, ["supportedLanguages"] = new JsonArray() },
                ["url"] = properties["externalSiteUrl"]?.DeepClone(),
                ["description"] = properties["description"]?.DeepClone(),
                ["installedWixApps"] = new JsonArray("stores", "bookings", "members"),
                ["ownerEmail"] = properties["email"]?.DeepClone(),
                ["ownerInfo"] = new JsonObject { ["email"] = properties["email"]?.DeepClone(), ["emailStatus"] = "VERIFIED_OPT_IN" },
            },
        });
    }
}
