using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Endpoints.CompilerServices;

/// <summary>Names an assembly's route table. Written by the generator.</summary>
/// <param name="table">A class derived from <see cref="FileRouteTable"/> with a public constructor without parameters.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class FileRouteTableAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type table) : Attribute
{
    /// <summary>The class of the table.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type Table { get; } = table;

    internal FileRouteTable CreateTable() => (FileRouteTable)Activator.CreateInstance(Table)!;
}
