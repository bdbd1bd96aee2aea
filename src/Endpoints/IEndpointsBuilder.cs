using Microsoft.Extensions.DependencyInjection;

namespace Endpoints;

/// <summary>Represents something that is being set up and has parts that can be added or replaced. The parts are extension methods of it.</summary>
public interface IEndpointsBuilder
{
    /// <summary>Gets the application's services.</summary>
    IServiceCollection Services { get; }
}
