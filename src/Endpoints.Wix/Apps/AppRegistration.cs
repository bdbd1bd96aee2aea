using System.Collections.Frozen;

namespace Endpoints.Wix.Apps;

/// <summary>Represents an app that <c>AddWix</c> was called for.</summary>
/// <param name="Name">The name of the app; the empty string for the app without a name.</param>
/// <param name="Parts">The types of which a named app has its own.</param>
internal sealed record AppRegistration(string Name, FrozenSet<Type> Parts);
