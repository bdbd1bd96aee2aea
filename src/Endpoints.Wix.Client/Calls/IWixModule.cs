namespace Endpoints.Wix;

/// <summary>Defines the factory method of a module, with which <see cref="WixApiClient.GetModule{TModule}"/> creates it.</summary>
/// <typeparam name="TSelf">The module.</typeparam>
public interface IWixModule<TSelf>
    where TSelf : WixModule, IWixModule<TSelf>
{
    /// <summary>
    /// Creates a module. Implement it as <c>static Products IWixModule&lt;Products&gt;.Create(WixChannel channel) =&gt; new(channel);</c>
    /// </summary>
    /// <param name="channel">The channel through which the module calls Wix. Pass it to the constructor of <see cref="WixModule"/>.</param>
    /// <returns>The module.</returns>
    static abstract TSelf Create(WixChannel channel);
}
