using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix;

/// <inheritdoc cref="IWixBuilder"/>
internal sealed class WixBuilder(IServiceCollection services, string name) : IWixBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name { get; } = name;
}
