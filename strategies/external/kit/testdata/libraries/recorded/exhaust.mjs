// RxJS: exhaustMap, errors caught inside.
import { EMPTY, Subject, catchError, defer, exhaustMap } from 'rxjs';
import { start } from './person.mjs';

const actions = new Subject();
actions.pipe(exhaustMap(action => defer(action).pipe(catchError(() => EMPTY)))).subscribe(take => take?.());

export default from => start(from, action => actions.next(action));
