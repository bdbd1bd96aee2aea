namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>Specifies whether a field has one value or several.</summary>
internal enum Shape
{
    Single,
    List,
    Map,
}
