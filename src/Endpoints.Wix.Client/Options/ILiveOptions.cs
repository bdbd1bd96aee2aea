namespace Endpoints.Wix.Options;

/// <summary>Provides the current options, for the few settings that may change while the application runs.</summary>
/// <remarks>Consumers read it each time they need a value. All other settings are read once, from <c>IOptions</c>.</remarks>
/// <typeparam name="TOptions">The options.</typeparam>
internal interface ILiveOptions<out TOptions>
    where TOptions : WixClientOptions
{
    /// <summary>Gets the latest valid options of the app with which the application was started.</summary>
    TOptions Now { get; }
}
