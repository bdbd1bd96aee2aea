using Microsoft.Extensions.DependencyInjection;

namespace Endpoints;

/// <summary>Represents a builder whose parts can be added or replaced through extension methods.</summary>
public interface IEndpointsBuilder
{
    /// <summary>Gets the application's services.</summary>
    IServiceCollection Services { get; }
}
