using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>The site's properties: its name, contact, region, schedule. Apps and Wix users may read and change them; visitors and members may not.</summary>
/// <remarks>Mirrors <c>siteProperties</c> of <c>@wix/business-tools</c>.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<SiteProperties>))]
public sealed class SiteProperties : WixModule
{
    private const string Root = "/site-properties/v4/properties";

    internal SiteProperties(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Reads the properties.</summary>
    /// <param name="options">Which of them; all by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WixApiException">Wix refused the call. A visitor's or member's own call is refused with 403.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    public Task<SitePropertiesSnapshot> GetSitePropertiesAsync(GetSitePropertiesOptions? options = null, CancellationToken cancellationToken = default)
    {
        var path = options?.Fields is { Count: > 0 } fields ? $"{Root}?fields={Uri.EscapeDataString(string.Join(',', fields))}" : Root;
        return Channel.SendAsync(WixCall.Get(Root, path), WixJson.Default.SitePropertiesSnapshot, cancellationToken);
    }

    /// <summary>Changes the business profile: those of its properties that are not null.</summary>
    /// <param name="profile">The new values.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer; the change may have been made.</exception>
    public Task<SitePropertiesVersion> UpdateBusinessProfileAsync(BusinessProfile profile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Channel.SendAsync(
            WixCall.Post($"{Root}/business-profile"),
            new BusinessProfileUpdate(profile, profile.Mask()),
            WixJson.Default.BusinessProfileUpdate,
            WixJson.Default.SitePropertiesVersion,
            cancellationToken);
    }

    /// <summary>Changes the business contact: those of its properties that are not null.</summary>
    /// <param name="contact">The new values.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer; the change may have been made.</exception>
    public Task<SitePropertiesVersion> UpdateBusinessContactAsync(BusinessContact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return Channel.SendAsync(
            WixCall.Post($"{Root}/business-contact"),
            new BusinessContactUpdate(contact, contact.Mask()),
            WixJson.Default.BusinessContactUpdate,
            WixJson.Default.SitePropertiesVersion,
            cancellationToken);
    }

    /// <summary>Replaces the business schedule.</summary>
    /// <param name="schedule">The whole new schedule.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer; the change may have been made.</exception>
    public Task<SitePropertiesVersion> UpdateBusinessScheduleAsync(BusinessSchedule schedule, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Channel.SendAsync(
            WixCall.Post($"{Root}/business-schedule"),
            new BusinessScheduleUpdate(schedule),
            WixJson.Default.BusinessScheduleUpdate,
            WixJson.Default.SitePropertiesVersion,
            cancellationToken);
    }

    private protected override WixModule On(WixChannel channel) => new SiteProperties(channel);
}
