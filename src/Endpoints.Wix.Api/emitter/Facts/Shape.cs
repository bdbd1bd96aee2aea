namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>Whether a field has one value or many.</summary>
internal enum Shape
{
    Single,
    List,
    Map,
}
