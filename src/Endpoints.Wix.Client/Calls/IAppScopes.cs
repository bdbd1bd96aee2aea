namespace Endpoints.Wix.Calls;

/// <summary>Provides the services of the app for which the code in a scope makes calls, where there are several apps.</summary>
internal interface IAppScopes
{
    /// <summary>Returns the services of that app in the scope.</summary>
    /// <param name="scope">The services of a scope.</param>
    /// <exception cref="InvalidOperationException">The code belongs to no app.</exception>
    IServiceProvider Of(IServiceProvider scope);
}
