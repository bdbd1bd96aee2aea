namespace Endpoints.Wix.Values;

/// <summary>Represents the first parameter of the constructors with which the server creates the types that it alone creates.</summary>
/// <remarks>
/// Serializers that call any constructor, whatever its access, take one whose parameters all have the names of members: no member has this
/// one's.
/// </remarks>
internal readonly struct ServersWord;
