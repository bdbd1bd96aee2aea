namespace Endpoints.Conventions;

/// <summary>Represents metadata of an endpoint that accepts values of enumerations only if they are defined members.</summary>
internal interface IOnlyDefinedValues;
