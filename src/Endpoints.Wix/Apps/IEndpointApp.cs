namespace Endpoints.Wix.Apps;

/// <summary>Names the app of an endpoint, in its metadata.</summary>
internal interface IEndpointApp
{
    /// <summary>Gets the name of the app; <see langword="null"/> if the endpoint names none.</summary>
    string? App { get; }
}
