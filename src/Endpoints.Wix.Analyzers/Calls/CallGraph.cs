using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Follows the code of a compilation to the calls of Wix that it makes with more permissions than its caller has.</summary>
/// <remarks>
/// <para>
/// It follows calls, method groups, lambdas, properties, operators, and delegates in fields and variables, through interfaces and virtual
/// members to whatever the compilation has of them. A class that is created or called may also be called by whoever knows its interfaces.
/// What it can't follow it names: other assemblies that can call Wix or are handed what can, interfaces whose implementation is elsewhere,
/// and calls by an address that is not a constant. Reflection it doesn't see.
/// </para>
/// <para>Each member is read once. A set that is too large is safe, one that is too small is not.</para>
/// </remarks>
internal sealed class CallGraph
{
    private static readonly SymbolDisplayFormat FullName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    private readonly WixSymbols _wix;
    private readonly SourceCode _source;
    private readonly Implementations _implementations;
    private readonly Libraries _libraries;
    private readonly Speakers _speakers;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<ISymbol, Steps> _steps = new(SymbolEqualityComparer.Default);

    /// <summary>Initializes a new instance of the <see cref="CallGraph"/> class.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="wix">The types of Endpoints.Wix.</param>
    /// <param name="operations">Every operation of the compilation.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    public CallGraph(Compilation compilation, WixSymbols wix, IReadOnlyList<IOperation> operations, CancellationToken cancellationToken)
    {
        (_wix, _cancellationToken) = (wix, cancellationToken);
        (_source, _implementations) = (new(compilation, operations, cancellationToken), new(compilation));
        (_libraries, _speakers) = (new(compilation), new(wix, operations));
    }

    /// <summary>Returns the calls that a handler can make.</summary>
    /// <param name="handler">The method, or the class whose methods Wix calls.</param>
    /// <param name="holder">The class of which an instance is created for it, or <see langword="null"/> for none.</param>
    public ReachedCalls From(ISymbol handler, INamedTypeSymbol? holder) => Follow([.. new[] { handler, holder }.OfType<ISymbol>()], new());

    /// <summary>Returns the calls that code can make, such as a lambda.</summary>
    public ReachedCalls From(IOperation code)
    {
        var steps = new Steps();
        Read(code, steps);
        return Follow(steps.Next, steps.Calls);
    }

    /// <summary>Returns the calls of all code of the compilation.</summary>
    /// <param name="operations">Every operation of the compilation.</param>
    public ReachedCalls OfAll(IEnumerable<IOperation> operations)
    {
        var steps = new Steps();
        foreach (var root in operations.Where(static operation => operation.Parent is null))
            Read(root, steps);
        return steps.Calls;
    }

    private ReachedCalls Follow(IEnumerable<ISymbol> members, ReachedCalls reached)
    {
        var all = new ReachedCalls();
        all.Add(reached);
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var next = new Queue<ISymbol>(members);
        while (next.Count > 0)
        {
            var member = next.Dequeue();
            if (!seen.Add(member))
                continue;
            _cancellationToken.ThrowIfCancellationRequested();
            var steps = Of(member);
            all.Add(steps.Calls);
            foreach (var following in steps.Next)
                next.Enqueue(following);
        }
        return all;
    }

    private Steps Of(ISymbol member)
    {
        if (_steps.TryGetValue(member, out var known))
            return known;
        var steps = _steps[member] = new Steps();
        foreach (var operation in _source.Of(member))
            Read(operation, steps);
        if (member is INamedTypeSymbol type)
        {
            foreach (var constructor in type.InstanceConstructors.Concat(type.StaticConstructors))
                steps.Next.Add(constructor);
            foreach (var method in _implementations.CalledFromOutside(type))
                steps.Next.Add(Whole(method));
            if (type.BaseType is { } inherited && _libraries.IsSource(inherited.ContainingAssembly))
                steps.Next.Add(inherited.OriginalDefinition);
        }
        else if (member is IFieldSymbol or IPropertySymbol or ILocalSymbol)
        {
            foreach (var value in _source.AssignedTo(member)
                .Where(static value => Conversions.Unwrapped(value) is IDelegateCreationOperation))
                Read(value, steps);
        }
        return steps;
    }

    // Without recursion: code that a tool has written may be nested deeper than the stack.
    private void Read(IOperation code, Steps steps)
    {
        var pending = new Stack<IOperation>([code]);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (operation is INameOfOperation)
                continue;
            ReadOne(operation, steps);
            foreach (var child in operation.ChildOperations)
                pending.Push(child);
        }
    }

    private void ReadOne(IOperation operation, Steps steps)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                Add(call.TargetMethod, call.Instance, call.Arguments, call, steps);
                break;
            case IMethodReferenceOperation reference:
                Add(reference.Method, reference.Instance, [], reference, steps);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                Add(constructor, null, creation.Arguments, creation, steps);
                break;
            case IPropertyReferenceOperation { Property: var property } when _libraries.IsSource(property.ContainingAssembly):
                foreach (var accessor in new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>())
                    Continue(accessor, steps);
                break;
            case IFieldReferenceOperation { Field: var field } when _libraries.IsSource(field.ContainingAssembly):
                steps.Next.Add(field.OriginalDefinition);
                break;
            case ILocalReferenceOperation { Local: { Type.TypeKind: TypeKind.Delegate } local }:
                steps.Next.Add(local);
                break;
            case IBinaryOperation { OperatorMethod: { } binary }:
                Add(binary, null, [], operation, steps);
                break;
            case IUnaryOperation { OperatorMethod: { } unary }:
                Add(unary, null, [], operation, steps);
                break;
            case IConversionOperation { OperatorMethod: { } conversion }:
                Add(conversion, null, [], operation, steps);
                break;
            case IEventReferenceOperation { Event: { AddMethod: { } add } happening }
                when _libraries.IsSource(happening.ContainingAssembly):
                Continue(add, steps);
                break;
            case IDynamicInvocationOperation { Operation: IDynamicMemberReferenceOperation dynamic }:
                steps.Calls.AddUnseen($"dynamic {dynamic.MemberName}");
                break;
        }
    }

    private void Add(IMethodSymbol method, IOperation? receiver, IReadOnlyList<IArgumentOperation> arguments, IOperation site, Steps steps)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (Libraries.IsFramework(method.ContainingAssembly))
            return;
        receiver ??= method.IsExtensionMethod && arguments.Count > 0 ? arguments[0].Value : null;
        if (CallNames.Of(method) is { Count: > 0 } calls)
        {
            if (SpeakerOf(receiver, site) is not Speaker.Caller and var speaker)
            {
                foreach (var call in calls)
                    steps.Calls.Add(speaker, call);
            }
        }
        else if (IsSend(method, out var byAddress))
        {
            Send(site as IInvocationOperation, byAddress, receiver, method, site, steps);
        }
        else if (_libraries.IsSource(method.ContainingAssembly))
        {
            // A module of the compilation's own speaks as it is asked to.
            if (!(_wix.IsModule(method.ContainingType) && receiver is not null && SpeakerOf(receiver, site) == Speaker.Caller))
                Continue(method, steps);
        }
        else if (IsUnseen(method, receiver, arguments, site))
        {
            steps.Calls.AddUnseen(method.ToDisplayString(FullName));
            foreach (var implementation in _implementations.Of(method))
                Continue(implementation, steps);
        }
    }

    // What a module sends itself, and the raw call.
    private static bool IsSend(IMethodSymbol method, out bool byAddress)
    {
        byAddress = method.Name == "FetchWithAuthAsync" && method.ContainingType is { Name: "WixApiClient" };
        return (byAddress || (method.Name == "SendAsync" && method.ContainingType is { Name: "WixModule" }))
            && SignedCalls.IsOurs(method.ContainingType);
    }

    private void Send(IInvocationOperation? call, bool byAddress, IOperation? receiver, IMethodSymbol method, IOperation site, Steps steps)
    {
        if (SpeakerOf(receiver, site) is Speaker.Caller)
            return;
        var operation = call is null ? null
            : byAddress ? CallNames.OfAddress(call)
            : call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "operation") is { Value: var sent }
                ? CallNames.OfOperation(sent, _source.Of) : null;
        if (operation is not null)
            steps.Calls.Add(SpeakerOf(receiver, site), operation);
        else
            steps.Calls.AddUnseen(method.ToDisplayString(FullName));
    }

    private Speaker SpeakerOf(IOperation? receiver, IOperation site) =>
        site is IMethodReferenceOperation reference ? _speakers.Of(reference) : _speakers.Of(receiver);

    private bool IsUnseen(IMethodSymbol method, IOperation? receiver, IReadOnlyList<IArgumentOperation> arguments, IOperation site)
    {
        if (_wix.IsModule(method.ContainingType))
            return !CallNames.AreSaidBy(method.ContainingType) && SpeakerOf(receiver, site) != Speaker.Caller
                && !SignedCalls.IsOurs(method.ContainingType);
        if (Libraries.IsOwn(method.ContainingAssembly))
            return false;
        var isUsed = method.MethodKind is not (MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet);
        return (isUsed && (method.IsAbstract || _libraries.UsesWix(method.ContainingAssembly)))
            || arguments.Any(argument => Gives(argument.Value));
    }

    private bool Gives(IOperation value)
    {
        value = Conversions.Unwrapped(value);
        return _wix.IsElevated(value.Type) || _wix.IsPrivilegedClient(value.Type)
            || (_wix.IsModule(value.Type) && _speakers.Of(value) != Speaker.Caller);
    }

    // Through an interface or a virtual member to all that it may be.
    private void Continue(IMethodSymbol method, Steps steps)
    {
        method = method.OriginalDefinition;
        var implementations = method.IsAbstract || method.IsVirtual || method.IsOverride ? _implementations.Of(method).ToList() : [];
        foreach (var one in implementations.Append(method))
        {
            if (one.IsAbstract)
                continue;
            steps.Next.Add(Whole(one));
            if (!one.IsStatic && one.ContainingType is { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                steps.Next.Add(type.OriginalDefinition);
        }
        if (method.IsAbstract && implementations.Count == 0)
            steps.Calls.AddUnseen(method.ToDisplayString(FullName));
    }

    // A property is read with both of its accessors.
    private static ISymbol Whole(IMethodSymbol method) =>
        (method.AssociatedSymbol is IPropertySymbol property ? (ISymbol)property : method).OriginalDefinition;

    private sealed class Steps
    {
        public ReachedCalls Calls { get; } = new();

        public HashSet<ISymbol> Next { get; } = new(SymbolEqualityComparer.Default);
    }
}
