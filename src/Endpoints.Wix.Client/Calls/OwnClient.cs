namespace Endpoints.Wix.Calls;

/// <summary>A client that calls with the application's own credentials, as messages have it.</summary>
/// <param name="Name">The client's type.</param>
/// <param name="Credential">What it calls with, at the beginning of a sentence.</param>
/// <param name="Use">What is done with that.</param>
/// <param name="Activity">What its calls are called in traces.</param>
internal sealed record OwnClient(string Name, string Credential, string Use, string Activity)
{
    public static OwnClient Admin { get; } = new("AdminWixClient", "An API key", "use the API key", "Endpoints.Wix.ApiKeyCall");

    public static OwnClient App { get; } = new("AppWixClient", "The app", "act as the app", "Endpoints.Wix.AppCall");
}
