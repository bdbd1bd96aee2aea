namespace Endpoints.Conventions;

/// <summary>
/// Represents a convention that is applied after the others of its endpoint file, wherever it is placed, so that the guards surround what
/// the others add.
/// </summary>
internal interface ILastConvention : IEndpointConvention;
