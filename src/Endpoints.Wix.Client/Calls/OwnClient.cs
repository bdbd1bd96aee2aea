namespace Endpoints.Wix.Calls;

/// <summary>Describes a client that calls with the application's own credentials, for messages.</summary>
/// <param name="Name">The client's type.</param>
/// <param name="Credential">The credential that it calls with, as the beginning of a sentence.</param>
/// <param name="Use">The phrase for the use of the credential.</param>
/// <param name="Activity">The name of its calls in traces.</param>
internal sealed record OwnClient(string Name, string Credential, string Use, string Activity)
{
    public static OwnClient Admin { get; } = new("AdminWixClient", "An API key", "use the API key", "Endpoints.Wix.ApiKeyCall");

    public static OwnClient App { get; } = new("AppWixClient", "The app", "act as the app", "Endpoints.Wix.AppCall");
}
