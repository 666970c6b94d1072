namespace Weir.Journal;

// Every segment file, each in exactly one state:
//
//   (new file, zeroed) --> prepared --Next--> in the log --Recycle--> spare --stamp--> prepared
//                                                             \--> deleted, beyond SpareSegmentsMax
//
// 1. Numbers in the log only grow; `prepared` holds the number after the newest.
// 2. A segment is stamped and synced before it is prepared, so a frame never lies under a header that may be lost.
// 3. A segment leaves the log only when a durable checkpoint does without it and nobody has pinned it.
// 4. `prepared` is filled behind the appender's back; the appender waits only when that has not finished.
internal sealed class SegmentPool : IDisposable
{
    private readonly SegmentFactory _factory;
    private readonly JournalOptions _options;
    private readonly JournalFailure _failure;
    private readonly IDisk _disk;
    private readonly object _gate = new();

    // Guarded by _gate; a preparation works outside it on a segment that no list holds.
    private readonly SortedDictionary<uint, Segment> _log = [];
    private readonly List<Segment> _spares = [];
    private Segment? _prepared;
    private uint _newestNumber;
    private bool _isPreparing;
    private bool _isFull;
    private bool _isDisposed;
    private volatile bool _isLowOnSpace;

    public SegmentPool(IDisk disk, JournalOptions options, RecoveredLog log, JournalFailure failure)
    {
        (_disk, _options, _failure) = (disk, options, failure);
        _factory = new SegmentFactory(disk, options, log.Segments.Concat(log.Spares).Select(segment => segment.Slot));
        foreach (var segment in log.Segments)
            _log.Add(segment.Number, segment);
        _newestNumber = log.Segments.Count == 0 ? 0 : log.Segments.Max(segment => segment.Number);
        foreach (var segment in log.Spares.Where(segment => !TryKeep(segment)))
            _factory.Delete(segment);

        // The last spare is spoken for: the next segment is made of it.
        _isLowOnSpace = _spares.Count <= 1 && disk.FreeBytes(options.Directory) < options.ReserveBytes;
    }

    public bool IsLowOnSpace => _isLowOnSpace;

    public Segment Find(uint number)
    {
        lock (_gate)
        {
            return _log.GetValueOrDefault(number)
                ?? throw new InvalidOperationException($"Segment {number} is not in the log any more.");
        }
    }

    public SegmentPin Pin(uint number)
    {
        lock (_gate)
        {
            var segment = Find(number);
            segment.Pins++;
            return new SegmentPin(this, segment);
        }
    }

    public void Unpin(Segment segment)
    {
        lock (_gate)
        {
            if (segment.Pins-- == 0)
                throw new InvalidOperationException($"A pin on segment {segment.Number} was disposed twice.");
        }
    }

    public uint[] NumbersBelow(uint limit)
    {
        lock (_gate)
            return [.. _log.Keys.TakeWhile(number => number < limit)];
    }

    public IReadOnlyList<(uint Number, long Bytes)> SealedBelow(uint limit)
    {
        lock (_gate)
        {
            return [.. _log.Values.TakeWhile(segment => segment.Number < limit)
                .Select(segment => (segment.Number, (long)segment.Header.Bytes))];
        }
    }

    public (int Log, int Spares, long Bytes) Count()
    {
        lock (_gate)
        {
            var all = _log.Values.Concat(_spares);
            var bytes = all.Sum(segment => (long)segment.Header.Bytes) + (_prepared?.Header.Bytes ?? 0);
            return (_log.Count, _spares.Count + (_prepared is null ? 0 : 1), bytes);
        }
    }

    // Appending thread. The prepared segment becomes the newest of the log, and the one after it is begun.
    public Segment Next()
    {
        lock (_gate)
        {
            // After a full disk this is the last attempt, made when nothing else is left.
            if (_prepared is null)
                PrepareNext();
            while (_prepared is null && _isPreparing && !_failure.HasFailed)
                Monitor.Wait(_gate);
            _failure.ThrowIfFailed();
            if (_prepared is not { } next)
            {
                _failure.Fail(new JournalDiskException(_options.Directory, "Preparing a segment",
                    JournalDiskException.ErrnoNoSpace, "the disk is full and the reserve is used up"));
                throw _failure.Exception();
            }
            _prepared = null;
            _log.Add(next.Number, next);
            _newestNumber = next.Number;
            PrepareNext();
            return next;
        }
    }

    public void PrepareNext()
    {
        lock (_gate)
        {
            if (_prepared is not null || _isPreparing || _isDisposed)
                return;
            _isPreparing = true;
        }
        if (_options.Writer == JournalWriter.Inline)
            Prepare();
        else
            new Thread(Prepare) { IsBackground = true, Name = "weir-segments" }.Start();
    }

    // A durable checkpoint does without these.
    public void Recycle(IEnumerable<uint> numbers)
    {
        var surplus = new List<Segment>();
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                if (!_log.TryGetValue(number, out var segment) || segment.Pins > 0)
                    continue;
                _log.Remove(number);
                if (!TryKeep(segment))
                    surplus.Add(segment);
            }
        }
        foreach (var segment in surplus)
            _factory.Delete(segment);
        CheckSpace();
    }

    public void CheckSpace()
    {
        bool isFull;
        lock (_gate)
            isFull = _isFull;
        if (MeasureSpace(isFull) && isFull)
            PrepareNext();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            while (_isPreparing)
                Monitor.Wait(_gate);
            foreach (var segment in _log.Values.Concat(_spares).Append(_prepared))
                segment?.Dispose();
        }
    }

    private void Prepare()
    {
        Segment? prepared = null;
        var isFull = false;
        try
        {
            var (number, spare) = TakeSpare();
            prepared = _factory.Make(number, spare);
            MeasureSpace(isFull: false);
        }
        catch (JournalDiskException exception) when (exception.IsDiskFull)
        {
            isFull = true;
            _isLowOnSpace = true;
        }
        catch (JournalDiskException exception)
        {
            _failure.Fail(exception);
        }
        finally
        {
            lock (_gate)
            {
                (_prepared, _isFull, _isPreparing) = (prepared, isFull, false);
                Monitor.PulseAll(_gate);
            }
        }
    }

    // True when there is room for one more segment.
    private bool MeasureSpace(bool isFull)
    {
        var freeBytes = _disk.FreeBytes(_options.Directory);
        lock (_gate)
        {
            _isLowOnSpace = _spares.Count == 0 && (isFull || freeBytes < _options.ReserveBytes);
            return _spares.Count > 0 || freeBytes >= _options.SegmentBytes;
        }
    }

    private (uint Number, Segment? Spare) TakeSpare()
    {
        lock (_gate)
        {
            var number = _newestNumber + 1;

            // A file that an earlier process stamped with this number must be the one: no number may exist twice.
            var spare = _spares.Find(segment => segment.Number == number) ?? _spares.LastOrDefault();
            if (spare is not null)
                _spares.Remove(spare);
            return (number, spare);
        }
    }

    private bool TryKeep(Segment segment)
    {
        if (_spares.Count >= _options.SpareSegmentsMax || segment.File.Length != _options.SegmentBytes)
            return false;
        _spares.Add(segment);
        return true;
    }
}
