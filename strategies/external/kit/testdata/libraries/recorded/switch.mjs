// RxJS: switchMap, errors caught inside.
import { EMPTY, Subject, catchError, defer, switchMap } from 'rxjs';
import { start } from './person.mjs';

const actions = new Subject();
actions.pipe(switchMap(action => defer(action).pipe(catchError(() => EMPTY)))).subscribe(take => take?.());

export default from => start(from, action => actions.next(action));
