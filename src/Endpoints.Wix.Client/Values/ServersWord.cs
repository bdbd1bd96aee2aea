namespace Endpoints.Wix.Values;

/// <summary>The first parameter of a constructor by which the server makes what it alone makes.</summary>
/// <remarks>Serializers that call any constructor, whatever its access, take one whose parameters all have the names of members: no member has this one's.</remarks>
internal readonly struct ServersWord;
