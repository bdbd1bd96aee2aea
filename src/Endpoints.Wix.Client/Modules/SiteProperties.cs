using System.Text.Json.Serialization;
using Endpoints.Wix.Modules;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents the site's properties: its name, contact, region and schedule. Apps and Wix users may read and change them; visitors and
/// members may not.
/// </summary>
/// <remarks>Mirrors <c>siteProperties</c> of <c>@wix/business-tools</c>.</remarks>
[JsonConverter(typeof(ServerMadeJsonConverter<SiteProperties>))]
public class SiteProperties : WixModule, IWixModule<SiteProperties>
{
    private const string Root = "/site-properties/v4/properties";

    private const string ViewPermission = "SITE_SETTINGS.VIEW";
    private const string ProfilePermission = "SITE_PROPERTIES.UPDATE_BUSINESS_PROFILE";
    private const string ContactPermission = "SITE_PROPERTIES.UPDATE_BUSINESS_CONTACT";
    private const string SchedulePermission = "SITE_PROPERTIES.UPDATE_BUSINESS_SCHEDULE";

    private static readonly WixOperation<SitePropertiesSnapshot> Get = new(HttpMethod.Get, Root, WixJson.Default.SitePropertiesSnapshot)
    {
        PermissionIds = [ViewPermission],
    };

    private static readonly WixOperation<BusinessProfileUpdate, SitePropertiesVersion> UpdateProfile = new(
        HttpMethod.Post, $"{Root}/business-profile", WixJson.Default.BusinessProfileUpdate, WixJson.Default.SitePropertiesVersion)
    {
        PermissionIds = [ProfilePermission],
    };

    private static readonly WixOperation<BusinessContactUpdate, SitePropertiesVersion> UpdateContact = new(
        HttpMethod.Post, $"{Root}/business-contact", WixJson.Default.BusinessContactUpdate, WixJson.Default.SitePropertiesVersion)
    {
        PermissionIds = [ContactPermission],
    };

    private static readonly WixOperation<BusinessScheduleUpdate, SitePropertiesVersion> UpdateSchedule = new(
        HttpMethod.Post, $"{Root}/business-schedule", WixJson.Default.BusinessScheduleUpdate, WixJson.Default.SitePropertiesVersion)
    {
        PermissionIds = [SchedulePermission],
    };

    private SiteProperties(WixChannel channel)
        : base(channel)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SiteProperties"/> class for mocking in a derived class.</summary>
    protected SiteProperties()
    {
    }

    static SiteProperties IWixModule<SiteProperties>.Create(WixChannel channel) => new(channel);

    /// <summary>Reads the properties.</summary>
    /// <param name="options">The selection of properties; all by default.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the properties.</returns>
    /// <exception cref="WixApiException">Wix refused the call. A visitor's or member's own call is refused with 403.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer.</exception>
    [CallsWix(Calls.GetSiteProperties, ViewPermission)]
    public virtual Task<SitePropertiesSnapshot> GetSitePropertiesAsync(GetSitePropertiesOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var fields = options?.Fields is { Count: > 0 } some ? new WixArguments().Query("fields", string.Join(',', some)) : null;
        return SendAsync(Get, fields, cancellationToken);
    }

    /// <summary>Changes the properties of the business profile that are not <see langword="null"/>.</summary>
    /// <param name="profile">The new values.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the new version of the site's properties.</returns>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer; the change may have been made.</exception>
    [CallsWix(Calls.UpdateBusinessProfile, ProfilePermission)]
    public virtual Task<SitePropertiesVersion> UpdateBusinessProfileAsync(BusinessProfile profile,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return SendAsync(UpdateProfile, new BusinessProfileUpdate(profile, profile.Mask()), cancellationToken: cancellationToken);
    }

    /// <summary>Changes the properties of the business contact that are not <see langword="null"/>.</summary>
    /// <param name="contact">The new values.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the new version of the site's properties.</returns>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer; the change may have been made.</exception>
    [CallsWix(Calls.UpdateBusinessContact, ContactPermission)]
    public virtual Task<SitePropertiesVersion> UpdateBusinessContactAsync(BusinessContact contact,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return SendAsync(UpdateContact, new BusinessContactUpdate(contact, contact.Mask()), cancellationToken: cancellationToken);
    }

    /// <summary>Replaces the business schedule.</summary>
    /// <param name="schedule">The new schedule as a whole.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the new version of the site's properties.</returns>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix did not answer; the change may have been made.</exception>
    [CallsWix(Calls.UpdateBusinessSchedule, SchedulePermission)]
    public virtual Task<SitePropertiesVersion> UpdateBusinessScheduleAsync(BusinessSchedule schedule,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return SendAsync(UpdateSchedule, new BusinessScheduleUpdate(schedule), cancellationToken: cancellationToken);
    }

    /// <summary>Provides the module's calls as <c>Only</c> takes them, which limits elevation to what it names.</summary>
    public static class Calls
    {
        /// <summary>The call of <see cref="GetSitePropertiesAsync"/>.</summary>
        public const string GetSiteProperties = $"GET {Root}";

        /// <summary>The call of <see cref="UpdateBusinessProfileAsync"/>.</summary>
        public const string UpdateBusinessProfile = $"POST {Root}/business-profile";

        /// <summary>The call of <see cref="UpdateBusinessContactAsync"/>.</summary>
        public const string UpdateBusinessContact = $"POST {Root}/business-contact";

        /// <summary>The call of <see cref="UpdateBusinessScheduleAsync"/>.</summary>
        public const string UpdateBusinessSchedule = $"POST {Root}/business-schedule";
    }
}
