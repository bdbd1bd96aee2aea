using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.SiteProperties;

/// <summary>Serves site properties: one read, and one update for each group of fields.</summary>
internal static class SitePropertiesEndpoints
{
    private const string Root = "/site-properties/v4/properties";

    public static IEnumerable<Operation> Operations =>
    [
        new("GET", Root, Access.Restricted, "SITE_SETTINGS.VIEW", static request => new(Get(request))),
        Update("business-profile", "businessProfile", "UPDATE_BUSINESS_PROFILE", "siteDisplayName", "businessName", "logo", "description",
            "companyId"),
        Update("business-contact", "businessContact", "UPDATE_BUSINESS_CONTACT", "email", "phone", "fax", "address"),
        Update("business-region", "businessRegion", "UPDATE_BUSINESS_REGION", "locale", "language", "paymentCurrency", "timeZone"),
        Whole("business-schedule", "businessSchedule", "UPDATE_BUSINESS_SCHEDULE"),
        Whole("policy", "consentPolicy", "UPDATE_CONSENT_POLICY"),
    ];

    private static Answer Get(ApiRequest request)
    {
        var fields = Mask(request.Query("fields"));
        return request.Data.Read(data =>
        {
            var properties = new JsonObject();
            foreach (var (name, value) in data.Properties)
            {
                if (fields.Length == 0 || fields.Contains(name))
                    properties[name] = value?.DeepClone();
            }

            return Answer.Json(new JsonObject { ["properties"] = properties, ["version"] = Version(data) });
        });
    }

    private static Operation Update(string path, string member, string permission, params string[] allowed) => new(
        "POST",
        $"{Root}/{path}",
        Access.Restricted,
        $"SITE_PROPERTIES.{permission}",
        request => new(Update(request, member, allowed)));

    private static Operation Whole(string path, string member, string permission) => new(
        "POST",
        $"{Root}/{path}",
        Access.Restricted,
        $"SITE_PROPERTIES.{permission}",
        request => new(Replace(request, member)));

    private static Answer Update(ApiRequest request, string member, string[] allowed)
    {
        var changed = Member(request, member);
        var fields = Mask(request.Json["fields"].AsText());
        foreach (var name in changed.Select(static pair => pair.Key).Concat(fields))
        {
            if (!allowed.Contains(name))
                throw ApiException.Violation($"{member}.{name}", $"can't be changed here; only {string.Join(", ", allowed)} can",
                    "FIELD_NOT_ALLOWED");
        }

        return Change(request, data =>
        {
            foreach (var name in fields.Length == 0 ? [.. changed.Select(static pair => pair.Key)] : fields)
                data.Properties[name] = changed[name]?.DeepClone();
        });
    }

    private static Answer Replace(ApiRequest request, string member)
    {
        var value = Member(request, member);
        return Change(request, data => data.Properties[member] = value.DeepClone());
    }

    private static Answer Change(ApiRequest request, Action<SiteData> change)
    {
        var answer = request.Data.Read(data =>
        {
            change(data);
            data.PropertiesVersion++;
            return Answer.Json(new JsonObject { ["version"] = Version(data) });
        });
        return answer.With("X-Wix-Consistent", Consistency.NewValue());
    }

    private static JsonObject Member(ApiRequest request, string member) =>
        request.Json[member] as JsonObject ?? throw ApiException.Violation(member, "must be an object");

    private static string[] Mask(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string Version(SiteData data) => data.PropertiesVersion.ToString(CultureInfo.InvariantCulture);
}
