namespace Endpoints.Conventions;

/// <summary>Metadata of an endpoint that takes values of enumerations only if they are members: a number that is none would be nobody's case.</summary>
internal interface IOnlyDefinedValues;
