using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Endpoints.CompilerServices;

/// <summary>Specifies an assembly's route table. Written by the generator.</summary>
/// <param name="table">
/// The class of the table. It derives from <see cref="FileRouteTable"/> and has a public parameterless constructor.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class FileRouteTableAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type table) : Attribute
{
    /// <summary>Gets the class of the table.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type Table { get; } = table;

    internal FileRouteTable CreateTable() => (FileRouteTable)Activator.CreateInstance(Table)!;
}
