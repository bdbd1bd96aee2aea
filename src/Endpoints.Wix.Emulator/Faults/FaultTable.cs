namespace Endpoints.Wix.Emulator.Faults;

/// <summary>Holds the faults that are set, in the order in which they were set.</summary>
internal sealed class FaultTable
{
    private readonly Lock _gate = new();
    private readonly List<EmulatedFault> _faults = [];
    private volatile bool _any;

    public void Add(EmulatedFault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
            _any = true;
        }
    }

    public void Remove(EmulatedFault fault)
    {
        lock (_gate)
        {
            _faults.Remove(fault);
            _any = _faults.Count > 0;
        }
    }

    public void Clear()
    {
        EmulatedFault[] cleared;
        lock (_gate)
        {
            cleared = [.. _faults];
            _faults.Clear();
            _any = false;
        }

        foreach (var fault in cleared)
            fault.Dispose();
    }

    /// <summary>Returns the faults that affect this call: all that delay it, up to and including the first that answers it.</summary>
    public IReadOnlyList<EmulatedFault> Take(EmulatedCall call)
    {
        if (!_any)
            return [];
        List<EmulatedFault> taken = [];
        lock (_gate)
        {
            foreach (var fault in _faults)
            {
                if (!fault.TryTake(call))
                    continue;
                taken.Add(fault);
                if (fault.Answers)
                    break;
            }
        }

        return taken;
    }
}
