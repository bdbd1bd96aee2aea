namespace Endpoints.Wix;

/// <summary>Implemented by a module, so that clients can make it: <see cref="WixApiClient.GetModule{TModule}"/>.</summary>
/// <typeparam name="TSelf">The module.</typeparam>
public interface IWixModule<TSelf>
    where TSelf : WixModule, IWixModule<TSelf>
{
    /// <summary>Makes a module. Implement it as <c>static Products IWixModule&lt;Products&gt;.Create(WixChannel channel) =&gt; new(channel);</c></summary>
    /// <param name="channel">What the module speaks through. Pass it to the constructor of <see cref="WixModule"/>.</param>
    static abstract TSelf Create(WixChannel channel);
}
