using System.Text.Json.Serialization;

namespace Endpoints.Wix;

/// <summary>
/// Specifies kinds of callers: those that Wix distinguishes, and this application's own services. Combine them with <c>|</c> to specify
/// who may call an endpoint. JSON contains their names.
/// </summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<Callers>))]
public enum Callers
{
    /// <summary>An anonymous visitor of the site: a browser without a session, or with a visitor's. Anyone on the internet.</summary>
    Visitor = 1,

    /// <summary>A member who has logged in to the site.</summary>
    Member = 2,

    /// <summary>A Wix user: the site's owner or a collaborator, in a dashboard.</summary>
    User = 4,

    /// <summary>An app with its own token: a server calling a server.</summary>
    App = 8,

    /// <summary>
    /// A scheduler or another service with a key of its own, which this application has issued. Wix doesn't know it: see
    /// <see cref="WixOptions.Services"/>.
    /// </summary>
    Service = 16,
}
