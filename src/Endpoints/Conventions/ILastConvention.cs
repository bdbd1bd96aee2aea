namespace Endpoints.Conventions;

/// <summary>A convention that is applied after the others of its endpoint file, wherever it stands: what guards the endpoint surrounds what they put around it.</summary>
internal interface ILastConvention : IEndpointConvention;
