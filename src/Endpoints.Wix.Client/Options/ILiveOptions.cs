namespace Endpoints.Wix.Options;

/// <summary>The options as they are now, for the few settings that may change while the application runs.</summary>
/// <remarks>What reads it asks each time. Everything else reads <c>IOptions</c>, once.</remarks>
/// <typeparam name="TOptions">The options.</typeparam>
internal interface ILiveOptions<out TOptions>
    where TOptions : WixClientOptions
{
    /// <summary>The latest valid options of the app that the application was started with.</summary>
    TOptions Now { get; }
}
